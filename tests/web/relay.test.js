// relay-compiler: does the schema have the shape that Relay's clients rely on?

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const file = (path) => fileURLToPath(new URL(path, import.meta.url))
const compiler = createRequire(import.meta.url).resolve('relay-compiler/cli.js')

let project

before(async () => {
  // The compiler writes beside what it reads.
  project = await mkdtemp(join(tmpdir(), 'grassroots-relay-'))
  await cp(file('relay'), project, { recursive: true })
  await mkdir(join(project, 'artifacts'))
  await cp(file('../../schema.graphql'), join(project, 'schema.graphql'))
})

after(() => rm(project, { recursive: true }))

test('relay-compiler accepts lists that are paged and fetched again', async () => {
  const compiled = promisify(execFile)(process.execPath, [compiler], { cwd: project })
  await compiled.catch(({ stderr }) => assert.fail(`it refuses tests/web/relay/src:\n${stderr}`))
  const artifacts = await readdir(join(project, 'artifacts'))
  for (const query of [
    'FacilityStaffNextPageQuery',
    'FacilityStaffPreviousPageQuery',
    'FacilityStaffPageQuery',
  ]) {
    assert.ok(artifacts.includes(`${query}.graphql.js`), `${query} is not among ${artifacts}`)
  }
})
