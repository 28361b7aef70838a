/**
 * The tables. The store is the desired state; the chains are reconciled to it (DESIGN.md section 3).
 * `npm run migration -- --name <what changes>` turns changes of these files into migrations.
 *
 * @module
 */
export * from './schema/chains.ts'
export * from './schema/credentials.ts'
export * from './schema/flows.ts'
export * from './schema/issuers.ts'
