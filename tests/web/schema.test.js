// graphql-js: is the schema a good one, and the one that is served?

import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { before, describe, test } from 'node:test'
import {
  buildClientSchema,
  buildSchema,
  extendSchema,
  getIntrospectionQuery,
  isEnumType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  lexicographicSortSchema,
  parse,
  printSchema,
  validateSchema,
} from 'graphql'
import { run } from './server.js'

let committed
let served

before(async () => {
  committed = buildSchema(await readFile(new URL('../../schema.graphql', import.meta.url), 'utf8'))
  const { status, data, errors } = await run({ query: getIntrospectionQuery() })
  assert.equal(status, 200, `the introspection query is not answered: ${JSON.stringify(errors)}`)
  served = buildClientSchema(data)
})

test('schema.graphql is valid', () => assert.deepEqual(validateSchema(committed), []))

test('the schema that the server tells of is valid', () => assert.deepEqual(validateSchema(served), []))

test('the server tells of the schema in schema.graphql', () => {
  // Who counts records is told no published counts of the same.
  const readers = extendSchema(committed, parse('extend type Query { _: Boolean }'))
  const fields = readers.getQueryType().getFields()
  delete fields._
  for (const field of [fields.staffStatistics, fields.enrollmentStatistics]) {
    field.args = field.args.filter(({ name }) => !['year', 'project'].includes(name))
  }
  const printed = (schema) => printSchema(lexicographicSortSchema(schema))
  assert.equal(printed(served), printed(readers))
})

test('all that the server tells of is described', () => {
  const parts = (type, place) => {
    const fields = Object.values(type.getFields?.() ?? {})
    const values = isEnumType(type) ? type.getValues() : []
    const members = [...fields, ...values].flatMap((member) => [
      [`${place}.${member.name}`, member],
      ...(member.args ?? []).map((argument) => [`${place}.${member.name}(${argument.name}:)`, argument]),
    ])
    return [[place, type], ...members]
  }
  const bare = own(served)
    .flatMap((type) => parts(type, type.name))
    .filter(([, { description }]) => !description?.trim())
  assert.deepEqual(
    bare.map(([place]) => place),
    [],
  )
})

describe("what Relay's clients rely on", () => {
  test('a record is found by its id, whatever its type', () => {
    const { node, nodes } = served.getQueryType().getFields()
    assert.equal(signature(node), 'node(id: ID!): Node')
    assert.equal(signature(nodes), 'nodes(ids: [ID!]!): [Node]')
    const interface_ = served.getType('Node')
    assert.ok(isInterfaceType(interface_))
    assert.deepEqual(signatures(interface_), ['id(): ID!'])
    // These tell by id which record is meant, and are none themselves.
    const others = ['AccessPlace', 'RemovePolicyRulePayload']
    const records = own(served).filter(
      (type) => isObjectType(type) && type.getFields().id && !others.includes(type.name),
    )
    assert.ok(records.length > 0)
    for (const type of records) {
      assert.ok(type.getInterfaces().includes(interface_), `${type} has an id and is no Node`)
    }
  })

  test('a page tells where it begins and ends', () => {
    assert.deepEqual(signatures(served.getType('PageInfo')).sort(), [
      'endCursor(): String',
      'hasNextPage(): Boolean!',
      'hasPreviousPage(): Boolean!',
      'startCursor(): String',
    ])
  })

  test('a list is a connection with edges', () => {
    const connections = own(served).filter(({ name }) => name.endsWith('Connection'))
    assert.ok(connections.length > 0)
    for (const connection of connections) {
      const record = connection.name.replace(/Connection$/, '')
      const has = signatures(connection)
      for (const field of [`edges(): [${record}Edge!]!`, `nodes(): [${record}!]!`, 'pageInfo(): PageInfo!']) {
        assert.ok(has.includes(field), `${connection} has no ${field}`)
      }
      assert.deepEqual(signatures(served.getType(`${record}Edge`)).sort(), [
        'cursor(): String!',
        `node(): ${record}!`,
      ])
    }
  })

  test('every list takes the arguments of a page', () => {
    const lists = own(served)
      .filter((type) => isObjectType(type))
      .flatMap((type) => Object.values(type.getFields()).map((field) => [`${type}.${field.name}`, field]))
      .filter(([, { type }]) => String(type).endsWith('Connection'))
    assert.ok(lists.length > 0)
    for (const [place, field] of lists) {
      const has = field.args.map(({ name, type }) => `${name}: ${type}`)
      for (const argument of ['first: Int', 'after: String', 'last: Int', 'before: String']) {
        assert.ok(has.includes(argument), `${place} takes no ${argument}`)
      }
    }
  })
})

/** The schema's own types, without those of introspection and of the language. */
function own(schema) {
  const ofLanguage = (type) => isSpecifiedScalarType(type) || isIntrospectionType(type)
  return Object.values(schema.getTypeMap()).filter((type) => !ofLanguage(type))
}

function signatures(type) {
  return Object.values(type.getFields()).map(signature)
}

function signature({ name, args, type }) {
  return `${name}(${args.map((argument) => `${argument.name}: ${argument.type}`).join(', ')}): ${type}`
}
