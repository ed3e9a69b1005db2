import { defineConfig } from 'vite';

export default defineConfig({
  // The page is served below a path, so it finds its assets relative to itself.
  base: './',
  resolve: {
    alias: {
      // GraphiQL takes the same two parts of prettier under two names each.
      'prettier/parser-babel': 'prettier/plugins/babel',
      'prettier/parser-graphql': 'prettier/plugins/graphql',
    },
  },
  build: {
    target: 'es2023',
    cssCodeSplit: false,
    // Browsers that know the syntax of the target know module preloading too.
    modulePreload: { polyfill: false },
    license: { fileName: 'licenses.txt' },
    chunkSizeWarningLimit: 6144,
    rolldownOptions: {
      // Libraries mark modules for servers that render React; this page has none.
      checks: { moduleLevelDirective: false },
      // The editor is all of the page: nothing is gained by loading it in parts.
      output: { codeSplitting: false },
    },
  },
  worker: {
    format: 'es',
    rolldownOptions: { output: { codeSplitting: false } },
  },
});
