import path from 'node:path';
import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';

const here = import.meta.dirname ?? __dirname;

/** The desk's page, built into `dist/desk`, from where the API serves it under `/desk`. */
export default defineConfig({
  root: here,
  base: '/desk/',
  plugins: [preact()],
  build: {
    outDir: path.resolve(here, '../../dist/desk'),
    emptyOutDir: true,
    // The content policy takes no inline script and no data address: everything is a file of its own.
    modulePreload: false,
    assetsInlineLimit: 0,
  },
});
