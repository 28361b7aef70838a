const { sdk, server } = require('./layers.cjs')

const { ports, edges, useCases, implementations, pages } = server
const any = (names) => `(${names.join('|')})`
const layer = (names) => `^sdk/${any(names)}(/|\\.ts$)`
const inServer = (names) => `^server/${any(names)}/`
const serverFile = (names) => `^server/${any(names)}\\.ts$`

/** @param {string} name @param {string} comment @param {object} from @param {object} to */
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

const upwards = sdk.slice(0, -1).map((names, i) => {
  const above = sdk.slice(i + 1).flat()
  const comment = `${names.join(', ')} know nothing of ${above.join(', ')}.`
  return forbid(`sdk-layer-${i + 1}`, comment, { path: layer(names) }, { path: layer(above) })
})

module.exports = {
  forbidden: [
    forbid('no-circular', 'No cycles, of types neither.', {}, { circular: true }),
    forbid('no-unresolvable', 'It must be there.', {}, { couldNotResolve: true }),
    forbid(
      'no-dev-dependency',
      'What runs at the user’s is a dependency.',
      { path: '^(sdk|server)/', pathNot: inServer(pages) },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    ),

    ...upwards,
    forbid(
      'sdk-known-layers',
      'Give a new folder of sdk/ its place in layers.cjs.',
      {},
      { path: '^sdk/', pathNot: layer(sdk.flat()) },
    ),
    forbid(
      'sdk-cli',
      'The command line uses what every user of the SDK can use.',
      { path: '^sdk/cli/' },
      { path: '^sdk/', pathNot: '^sdk/(cli/|index\\.ts$)' },
    ),
    forbid(
      'sdk-stands-alone',
      'The SDK is packed without the rest of the tree.',
      { path: '^sdk/' },
      { path: '^(server|scripts|contracts|test)/' },
    ),
    forbid(
      'sdk-runs-everywhere',
      'Browsers have no node:*.',
      { path: ['^sdk/', inServer(pages)], pathNot: '^sdk/(cli/|(crypto|fetch)/node\\.ts$)' },
      { dependencyTypes: ['core'] },
    ),
    forbid(
      'sdk-by-its-index',
      'Import #sdk.',
      { pathNot: '^(sdk|test)/' },
      { path: '^sdk/', pathNot: '^sdk/index\\.ts$' },
    ),

    forbid(
      'server-known-layers',
      'Give a new folder of server/ its place in layers.cjs.',
      {},
      { path: '^server/', pathNot: ['^server/[^/]+$', inServer(Object.values(server).flat())] },
    ),
    forbid(
      'server-use-cases',
      'Use cases see context.ts, #sdk and each other.',
      { path: inServer(useCases) },
      { path: '^server/', pathNot: [inServer(useCases), serverFile(['context'])] },
    ),
    forbid(
      'server-use-cases-packages',
      'Use cases know neither HTTP nor how things are stored.',
      { path: inServer(useCases) },
      { path: 'node_modules/(@types/)?(express|drizzle-orm|pg|pg-boss|better-auth)/' },
    ),
    forbid(
      'server-implementations',
      'Only main.ts knows the implementations.',
      { path: '^server/', pathNot: [serverFile(['main']), inServer(implementations)] },
      { path: inServer(implementations) },
    ),
    forbid(
      'server-inwards',
      'HTTP is the outermost layer; beneath it nobody knows it.',
      { path: [inServer(implementations), serverFile(['context', 'config'])] },
      { path: [inServer([...edges, ...pages]), serverFile(['app', 'main'])] },
    ),
    forbid(
      'server-main',
      'main.ts starts everything; nothing of the server starts main.ts.',
      { path: '^server/' },
      { path: serverFile(['main']) },
    ),
    forbid(
      'server-ports',
      'An interface knows no implementation.',
      { path: inServer(ports) },
      { path: '^server/', pathNot: [inServer(ports), serverFile(['config'])] },
    ),
    forbid(
      'server-pages',
      'The pages use #sdk and HTTP.',
      { path: inServer(pages) },
      { path: '^(server|scripts|contracts)/', pathNot: inServer(pages) },
    ),
    forbid(
      'product-without-tests',
      'The product does not know its tests, nor its tools.',
      { path: '^server/' },
      { path: '^(test|scripts)/' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(build|data)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['node', 'import', 'types', 'default'],
    },
  },
}
