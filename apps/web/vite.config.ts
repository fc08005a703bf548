import { fileURLToPath } from 'node:url';
import optimizeLocales from '@react-aria/optimize-locales-plugin';
import tailwind from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { persianLabels } from './persian-labels.js';
import { trustedOperations } from './trusted-operations.js';

const api = process.env.API_URL ?? 'http://127.0.0.1:3000';

export default defineConfig({
  plugins: [
    react(),
    tailwind(),
    // React Aria speaks 34 languages, none of them Persian: one of its own stays, ours is added.
    { ...optimizeLocales.vite({ locales: ['en-US'] }), enforce: 'pre' },
    persianLabels(),
    trustedOperations(
      fileURLToPath(new URL('src', import.meta.url)),
      fileURLToPath(new URL('../../dist/web-operations.json', import.meta.url)),
    ),
  ],
  resolve: {
    alias: { '@app/persian': fileURLToPath(new URL('../../libs/persian/src/index.ts', import.meta.url)) },
  },
  build: { outDir: '../../dist/web', emptyOutDir: true, assetsInlineLimit: 0 },
  server: {
    proxy: { '/graphql': { target: api, ws: true }, '/uploads': api, '/files': api },
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.{ts,tsx}'],
    // React Aria's string files are changed by the plugins above, so it must go through them here too.
    server: { deps: { inline: [/react-aria/, /react-stately/] } },
  },
});
