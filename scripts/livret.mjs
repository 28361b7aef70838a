#!/usr/bin/env node
// `npx livret …`: runs the command line with the Node that the project brings, whichever started us.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import './setup.mjs'

const node = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url))
const main = fileURLToPath(new URL('../sdk/cli/main.ts', import.meta.url))
const { status, error } = spawnSync(node, [main, ...process.argv.slice(2)], { stdio: 'inherit' })
if (error) console.error(`livret: ${error.message}`)
process.exit(status ?? 1)
