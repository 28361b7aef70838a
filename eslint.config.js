import js from '@eslint/js'
import { defineConfig } from 'eslint/config'
import tseslint from 'typescript-eslint'
import { sdk, server } from './layers.cjs'

const code = '{ts,tsx}'
const inTests = `test/**/*.${code}`

export default defineConfig(
  { ignores: ['build/', 'data/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: [`**/*.${code}`],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      eqeqeq: 'error',
      'no-else-return': 'error',
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
    },
  },
  {
    files: [inTests],
    rules: {
      '@typescript-eslint/consistent-type-assertions': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: [`{sdk,server}/**/*.${code}`],
    ignores: ['sdk/cli/**'],
    rules: { 'no-console': 'error' },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: {
      globals: { console: false, process: false, URL: false, exports: true, module: true },
    },
  },
  { files: ['**/*.cjs'], languageOptions: { sourceType: 'commonjs' } },
  layers(),
)

/** Who may import whom, as far as the text of an import shows it: the table is in layers.cjs. */
function layers() {
  const nodeOnly = { regex: '^node:', message: 'Browsers have none.' }
  const fullZod = { regex: '^zod$', message: 'zod/mini is twenty times smaller.' }
  const sdkItself = { regex: '^#sdk$', message: 'Import the file that has it.' }
  const sdkInside = { regex: '^(\\.\\.?/)+sdk/|^#(crypto|fetch)$', message: 'Import #sdk.' }
  const { ports, edges, useCases, implementations, pages } = server
  const isomorphic = [nodeOnly, fullZod, sdkItself]
  const aboveCrypto = sdk.slice(2).flat()

  return [
    restrict([`{server,scripts,contracts}/**/*.${code}`, `*.${code}`], [sdkInside]),

    ...sdk.slice(0, -1).flatMap((names, i) => {
      const above = sdk.slice(i + 1).flat()
      return within('sdk', names, (up) => [...isomorphic, upTo(up, above)])
    }),
    restrict(
      ['sdk/crypto/node.ts', 'sdk/fetch/node.ts'],
      [fullZod, sdkItself, upTo('\\.\\./', aboveCrypto)],
    ),
    ...within('sdk', ['cli'], (up) => [
      { regex: `^${up}(?!\\.\\./|index\\.ts$)`, message: 'Import ../index.ts.' },
    ]),

    ...within('server', ['app', 'context', 'config'], (up) => [
      sdkInside,
      upTo(up, [...implementations, 'main']),
    ]),
    ...within('server', ports, (up) => [
      sdkInside,
      upTo(up, [...edges, ...useCases, ...implementations, ...pages, 'app', 'main', 'context']),
    ]),
    ...within('server', useCases, (up) => [
      sdkInside,
      upTo(up, [...ports, ...edges, ...implementations, ...pages, 'app', 'main', 'config']),
    ]),
    ...within('server', edges, (up) => [
      sdkInside,
      upTo(up, [...implementations, ...pages, 'app', 'main']),
    ]),
    ...within('server', implementations, (up) => [
      sdkInside,
      upTo(up, [...edges, ...pages, 'app', 'main']),
    ]),
    ...within('server', pages, (up) => [
      sdkInside,
      nodeOnly,
      { regex: `^${up}`, message: 'The pages use #sdk and HTTP.' },
    ]),
  ]
}

/** Restrictions for `root/name.ts` and for what lies up to three folders deep in `root/name/`. */
function within(root, names, patterns) {
  return names.flatMap((name) => [
    restrict([`${root}/${name}.${code}`], patterns('\\./')),
    ...[1, 2, 3].map((depth) =>
      restrict(
        [`${root}/${name}/${'*/'.repeat(depth - 1)}*.${code}`],
        patterns(`(\\.\\./){${depth}}`),
      ),
    ),
  ])
}

/** Refuses imports that climb by `up`, into one of `names`. */
function upTo(up, names) {
  return {
    regex: `^${up}(${names.join('|')})(/|\\.ts$)`,
    message: 'It stands above, or beside: see layers.cjs.',
  }
}

function restrict(files, patterns) {
  return { files, rules: { 'no-restricted-imports': ['error', { patterns }] } }
}
