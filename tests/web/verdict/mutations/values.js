// Literals that are not what is needed.

import { isEnumType, isInputObjectType, isListType, isNonNullType, isScalarType, parseValue } from 'graphql'
import { become, copy, field, variable } from './nodes.js'
import { inputs, queries } from './places.js'

export const VALUES = []

const kind = (name, rule, at, make) => VALUES.push({ name, rule, at, make })

const literal = (name, at, text) => {
  kind(
    name,
    'ValuesOfCorrectType',
    (s) => s.values.filter(at),
    ({ node }) => become(node, text),
  )
}
literal('text for a whole number', scalar('Int'), '"3"')
literal('a fraction for a whole number', scalar('Int'), '1.5')
literal('a number that is too large', scalar('Int'), '2147483648')
literal('a number for text', scalar('String'), '7')
literal('a term for text', scalar('String'), 'TERM')
literal('text for a truth value', scalar('Boolean'), '"true"')
literal('a truth value for an id', scalar('ID'), 'true')
literal('a fraction for an id', scalar('ID'), '1.5')
literal('an unknown term', ({ named: type }) => isEnumType(type), 'UNKNOWN')
literal('text for a term', ({ named: type }) => isEnumType(type), '"NAME_ASC"')
literal('a number for an input', ({ named: type }) => isInputObjectType(type), '7')
literal('a list for an input', ({ named: type }) => isInputObjectType(type), '[{}, {}]')
literal('null where it may not be', ({ type }) => isNonNullType(type), 'null')
literal(
  'null in a list that takes none',
  ({ named: type }) => isListType(type) && isNonNullType(type.ofType),
  '[null]',
)
kind('a number that is too large within an input', 'ValuesOfCorrectType', queries, ({ node }) => {
  node.selections.push(field('large: divisions(filter: { villageCount: { gt: 2147483648 } }) { totalCount }'))
})
kind(
  'null in a list beside a variable',
  'ValuesOfCorrectType',
  (s) => s.operations,
  (node) => {
    node.variableDefinitions.push(variable('$beside: IdFilter'))
    node.selectionSet.selections.push(
      field('beside: staff(filter: { id: $beside, name: { in: [null] } }) { totalCount }'),
    )
  },
)
kind(
  'a default of another type',
  'ValuesOfCorrectType',
  (s) =>
    s.defaults.filter(
      ({ named: type }) => isScalarType(type) && !['DateTime', 'NaiveDate'].includes(type.name),
    ),
  ({ node }) => {
    become(node, '{ a: 1 }')
  },
)
kind('an unknown field of an input', 'ValuesOfCorrectType', inputs, ({ node }) => {
  node.fields.push(...parseValue('{ unknown: 1 }', { noLocation: true }).fields)
})
kind(
  'a field of an input twice',
  'UniqueInputFieldNames',
  (s) => inputs(s).filter(({ node }) => node.fields.length > 0),
  ({ node }) => {
    node.fields.push(copy(node.fields[0]))
  },
)

function scalar(name) {
  return ({ named: type }) => isScalarType(type) && type.name === name
}
