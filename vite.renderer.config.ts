import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The window alone: what the host serves from out/renderer. electron.vite.config.ts builds the same. */
export default defineConfig({
  root: resolve(import.meta.dirname, 'src-renderer'),
  base: './',
  plugins: [react()],
  build: {
    outDir: resolve(import.meta.dirname, 'out/renderer'),
    emptyOutDir: true,
    target: 'es2023',
    minify: true,
    // Inlined assets would need data: URLs in scripts and styles; the host's policy allows files only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Plotly alone is above the default limit; it loads only where a plot is shown.
    chunkSizeWarningLimit: 6000,
    rollupOptions: { input: resolve(import.meta.dirname, 'src-renderer/index.html') },
  },
})
