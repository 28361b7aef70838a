// Who may import whom. eslint.config.js says it while one types, .dependency-cruiser.cjs proves it.

/** From the ground up: a layer knows those before it, and its own folders. */
exports.sdk = [
  ['model', 'errors', 'lib'],
  ['crypto', 'fetch', 'did', 'formats', 'anchor', 'chain', 'status', 'trust'],
  ['verify', 'bundle', 'skills', 'wallet'],
  ['index'],
  ['cli'],
]

exports.server = {
  /** Interfaces, which `context.ts` hands on. */
  ports: ['ports'],
  /** Speak a protocol and call use cases; they hold no rule of their own. */
  edges: ['http', 'openid4vc'],
  /** Know `context.ts`, `#sdk` and each other. */
  useCases: [
    'issuing',
    'anchoring',
    'verifying',
    'wallet-flows',
    'profiles',
    'requirements',
    'taxonomy',
  ],
  /** Are known to `main.ts` alone, which puts them into the context. */
  implementations: ['store', 'jobs', 'chain', 'keys'],
  /** Runs in browsers; knows `#sdk` and HTTP. */
  pages: ['web'],
}
