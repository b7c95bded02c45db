import path from 'node:path';
import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';

const here = import.meta.dirname ?? __dirname;

/** The phones page, built into `dist/phones`, from where the simulator serves it at `/`. */
export default defineConfig({
  root: here,
  base: './',
  plugins: [preact()],
  build: {
    outDir: path.resolve(here, '../../../../dist/phones'),
    emptyOutDir: true,
    // Everything is in one script: nothing to preload, and no inline helper for the content policy to refuse.
    modulePreload: false,
    assetsInlineLimit: 0,
  },
});
