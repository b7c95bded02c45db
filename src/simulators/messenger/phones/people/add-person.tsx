import { useEffect, useRef, useState } from 'preact/hooks';
import { api } from '../state/api';
import type { PhonePlatform } from '../state/model';
import { choose } from '../state/start';
import { people, sorted } from '../state/store';
import { PLATFORM_NAMES } from './platforms';

/** Countries to choose from: where the product is, and where it is not yet. */
const COUNTRIES: Readonly<Record<string, string>> = {
  US: 'United States',
  CA: 'Canada',
  GB: 'United Kingdom',
  DE: 'Germany',
  FR: 'France',
  JP: 'Japan',
  BR: 'Brazil',
};

/** The dialog that adds a person. */
export function AddPerson({ close }: { close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [problem, setProblem] = useState('');
  useEffect(() => dialog.current?.showModal(), []);

  const add = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const field = (name: string): string => {
      const value = form.get(name);
      return typeof value === 'string' ? value : '';
    };
    try {
      const person = await api.addPerson({
        name: field('name'),
        platform: field('platform') as PhonePlatform,
        country: field('country'),
      });
      people.value = sorted([...people.value.filter(({ psid }) => psid !== person.psid), person]);
      choose(person.psid);
      close();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };

  return (
    <dialog ref={dialog} class="dialog" aria-labelledby="add-person" onClose={close}>
      <h2 id="add-person">Add a person</h2>
      <p>Somebody new: no PayPal account is linked, and the page may not write to them before they do.</p>
      <form onSubmit={(event) => void add(event)}>
        <label>
          Name
          <input name="name" required maxLength={100} autocomplete="off" />
        </label>
        <label>
          Reads Messenger on
          <select name="platform">
            {Object.entries(PLATFORM_NAMES).map(([value, name]) => (
              <option value={value}>{name}</option>
            ))}
          </select>
        </label>
        <label>
          Country
          <select name="country">
            {Object.entries(COUNTRIES).map(([value, name]) => (
              <option value={value}>{name}</option>
            ))}
          </select>
        </label>
        {problem !== '' && <p role="alert">{problem}</p>}
        <div class="dialog-buttons">
          <button type="button" class="quiet" onClick={close}>
            Cancel
          </button>
          <button type="submit" class="main">
            Add
          </button>
        </div>
      </form>
    </dialog>
  );
}
