import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { detail } from '../../conversations/open';
import { closeDialog, dialog } from '../../state/dialog';
import { ResolveForm } from './resolve-form';
import { Shortcuts } from './shortcuts';
import { SnoozeForm } from './snooze-form';
import { TransferForm } from './transfer-form';

/** Whatever dialog is open. */
export function Dialogs() {
  const conversation = detail.value?.conversation;
  if (dialog.value === 'shortcuts') {
    return (
      <Dialog title="Keyboard shortcuts">
        <Shortcuts />
      </Dialog>
    );
  }
  if (!conversation || !dialog.value) return null;
  const name = conversation.person.name;
  return {
    resolve: (
      <Dialog title={`Finish with ${name}`}>
        <ResolveForm conversation={conversation} />
      </Dialog>
    ),
    transfer: (
      <Dialog title={`Hand ${name} over`}>
        <TransferForm conversation={conversation} />
      </Dialog>
    ),
    snooze: (
      <Dialog title={`Put ${name} aside`}>
        <SnoozeForm conversation={conversation} />
      </Dialog>
    ),
  }[dialog.value];
}

/** The browser's own dialog: it keeps the keyboard inside, closes on Escape and gives the focus back. */
function Dialog({ title, children }: { title: string; children: ComponentChildren }) {
  const element = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => element.current?.showModal(), []);
  return (
    <dialog ref={element} aria-labelledby="dialog-heading" onClose={closeDialog}>
      <h2 id="dialog-heading">{title}</h2>
      {children}
    </dialog>
  );
}
