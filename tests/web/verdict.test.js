// Documents, valid ones and spoiled ones: does the server judge them as graphql-js,
// the reference implementation, does?

import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { before, test } from 'node:test'
import { buildSchema, Kind, parse, print, specifiedRules, validate } from 'graphql'
import { run } from './server.js'
import { DEVIATIONS } from './verdict/deviation.js'
import { draft } from './verdict/draft.js'
import { MUTATIONS } from './verdict/mutation.js'
import { Random } from './verdict/random.js'
import { sites } from './verdict/sites.js'
import { values } from './verdict/values.js'

const SEED = 20260901
const VALID = 250
const SPOILED = 250

/** How often a document may be drafted until one has a site for a mutation. */
const DRAFTS = 1_000

/** What the server's status says of a document. */
const VERDICTS = new Map([
  [200, 'valid'],
  [294, 'valid'],
  [400, 'unreadable'],
  [422, 'invalid'],
])

const schema = buildSchema(await readFile(new URL('../../schema.graphql', import.meta.url), 'utf8'))
const random = new Random(SEED)
const cases = []

before(async () => {
  for (let count = 0; count < VALID; count++) {
    cases.push({ expected: 'valid', document: drafted() })
  }
  for (let count = 0; count < SPOILED; count++) {
    const kind = MUTATIONS[count % MUTATIONS.length]
    cases.push({ kind: kind.name, rule: kind.rule, expected: 'invalid', ...spoiled(kind) })
  }
  for (const one of cases) {
    Object.assign(one, await judged(one.document))
  }
})

test('every kind of mutation was made', () => {
  const made = new Set(cases.map(({ kind }) => kind))
  assert.deepEqual(
    MUTATIONS.map(({ name }) => name).filter((name) => !made.has(name)),
    [],
  )
})

test('the server judges as graphql-js does, save for known deviations', () => {
  const examples = new Map()
  for (const one of cases) {
    const { kind = 'as drafted', verdict, expected, answer, text } = one
    if (verdict === expected || DEVIATIONS.some((deviation) => deviates(one, deviation))) continue
    examples.set(`${kind}: ${verdict} instead of ${expected}`, `${answer}\n${text}`)
  }
  const told = [...examples].map((example) => example.join('\n'))
  assert.equal(examples.size, 0, `\n${told.join('\n\n')}`)
})

for (const deviation of DEVIATIONS) {
  test(`known deviation: ${deviation.says}`, () => {
    assert.ok(
      cases.some((one) => deviates(one, deviation)),
      'it no longer occurs; take it out of the list',
    )
  })
}

function deviates(one, deviation) {
  return one.verdict !== one.expected && one.verdict === deviation.verdict && deviation.of(one)
}

function drafted() {
  for (let attempt = 0; attempt < DRAFTS; attempt++) {
    const document = parse(draft(schema, random), { noLocation: true })
    // Fields of two types may clash where a record can be of either.
    if (validate(schema, document).length === 0) return document
  }
  throw new Error(`none out of ${DRAFTS} drafts is valid`)
}

function spoiled({ name, rule, at, make }) {
  for (let attempt = 0; attempt < DRAFTS; attempt++) {
    const document = parse(draft(schema, random), { noLocation: true })
    const places = at(sites(schema, document))
    if (places.length === 0) continue
    const site = random.one(places)
    make(site, document)
    // Some mutations are harmless where they fall, such as a list where one is taken.
    if (breaks(document, rule)) return { document, site }
  }
  throw new Error(`no document out of ${DRAFTS} can be spoiled with ${name}`)
}

function breaks(document, rule) {
  const checked = specifiedRules.filter(({ name }) => name === `${rule}Rule`)
  assert.equal(checked.length, 1, `graphql-js has no rule ${rule}`)
  return validate(schema, document, checked).length > 0
}

async function judged(document) {
  const operations = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION)
  const text = print(document)
  const { status, ...answer } = await run({
    query: text,
    operationName: operations[0].name?.value,
    variables: values(schema, operations[0], random),
  })
  const verdict = VERDICTS.get(status) ?? `of the status ${status}`
  return { text, verdict, answer: JSON.stringify(answer).slice(0, 400) }
}
