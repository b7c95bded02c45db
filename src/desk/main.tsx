import { render } from 'preact';
import './styles/tokens.css';
import './styles/frame.css';
import './styles/list.css';
import './styles/thread.css';
import './styles/composer.css';
import './styles/context.css';
import './styles/dialog.css';
import { Desk } from './parts/desk';
import { listenToKeys } from './state/keyboard';
import { followAddress } from './conversations/open';
import { begin } from './state/session';

const root = document.getElementById('desk');
if (root) render(<Desk />, root);
listenToKeys();
followAddress();
void begin();
