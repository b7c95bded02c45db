import { render } from 'preact';
import { App } from './app';
import { start } from './state/start';

const root = document.getElementById('app');
if (root !== null) {
  render(<App />, root);
  start();
}
