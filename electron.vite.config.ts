import { resolve } from 'node:path'
import { defineConfig } from 'electron-vite'
import rendererConfig from './vite.renderer.config.ts'

const at = (path: string) => resolve(import.meta.dirname, path)

/** Loaded at every start: in the bundle they are a few files read at once. What has native parts or workers of its own stays outside. */
const bundled = [
  '@fastify/ajv-compiler',
  '@fastify/sse',
  '@fastify/static',
  'canonicalize',
  'fastify',
  'typebox',
  'yaml',
]

export default defineConfig({
  main: {
    build: {
      outDir: at('out/main'),
      externalizeDeps: { exclude: bundled },
      rollupOptions: {
        input: {
          electron: at('src-main/electron/main.ts'),
          headless: at('src-main/headless.ts'),
          worker: at('src-workers/entry.ts'),
          'checkpoint-thread': at('src-main/ledger/checkpoint-thread.ts'),
          'crew-seat': at('src-workers/gbm/crew-seat.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: at('out/preload'),
      // The sandbox loads CommonJS only.
      rollupOptions: {
        input: { preload: at('src-main/electron/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: rendererConfig,
})
