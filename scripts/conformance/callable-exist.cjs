// The suite of the VC Data Model writes `credential.should.exist()` where chai has a property: no
// enveloped credential passes that. Loaded before it, this lets chai take both.
const { createRequire } = require('node:module')
const { join } = require('node:path')

const chai = createRequire(join(process.cwd(), 'package.json'))('chai')
chai.use(({ Assertion }) => {
  const { get } = Object.getOwnPropertyDescriptor(Assertion.prototype, 'exist')
  const check = function () {
    get.call(this)
  }
  Assertion.addChainableMethod('exist', check, check)
})
