// The audits of graphql-http: does the server speak GraphQL over HTTP?

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { serverAudits } from 'graphql-http'
import { authorized, ENDPOINT } from './server.js'

/**
 * Advice that the protocol's release of September 2026 has overtaken, by the audits'
 * identifiers, each with what that release says.
 */
const OVERTAKEN = new Map([
  ['572B', 'a document that cannot be parsed did not run: 400, whichever media type is accepted'],
  ['FDE2', 'an operation that is not valid did not run: 422, whichever media type is accepted'],
  ['7B9B', 'an operation without good variables did not run: 422, whichever media type is accepted'],
  ['86EE', 'what can be parsed and does not fit is 422; 400 is for what cannot be parsed'],
])

const audits = serverAudits({ url: ENDPOINT, fetchFn: authorized })

for (const { id, name, fn } of audits) {
  test(`${id}: ${name}`, async () => {
    const { status, reason } = await fn()
    assert.notEqual(status, 'error', reason)
    if (OVERTAKEN.has(id)) {
      assert.equal(
        status,
        'warn',
        `the server follows the advice; take ${id} out of the list of overtaken ones`,
      )
    } else {
      // A notice tells of something that a server may do, and this one does not.
      assert.notEqual(status, 'warn', reason)
    }
  })
}

test('every audit that is said to be overtaken exists', () => {
  const known = new Set(audits.map(({ id }) => id))
  assert.deepEqual(
    [...OVERTAKEN.keys()].filter((id) => !known.has(id)),
    [],
  )
})
