// Fields and selections that do not fit the schema or each other.

import { isScalarType } from 'graphql'
import { field, named, parts, selections } from './nodes.js'
import { fields, queries } from './places.js'

export const FIELDS = []

const kind = (name, rule, at, make) => FIELDS.push({ name, rule, at, make })

kind('an unknown field', 'FieldsOnCorrectType', fields, ({ node }) => {
  node.name = named('unknown')
})
kind(
  'an unknown field of a record that has an interface',
  'FieldsOnCorrectType',
  (s) => s.sets.filter(({ type }) => type?.name === 'Node'),
  ({ node }) => {
    node.selections.push(field('name'))
  },
)
kind(
  'a leaf with a selection',
  'ScalarLeafs',
  (s) => fields(s).filter(({ composite }) => !composite),
  ({ node }) => {
    node.selectionSet = parts('{ __typename }')[0].selectionSet
  },
)
kind(
  'an object without a selection',
  'ScalarLeafs',
  (s) => s.fields.filter(({ composite }) => composite),
  ({ node }) => {
    delete node.selectionSet
  },
)
kind(
  'a selection of the name of a type',
  'ScalarLeafs',
  (s) => s.sets,
  ({ node }) => {
    node.selections.push(field('itself: __typename { __typename }'))
  },
)
kind(
  'two fields of one name',
  'OverlappingFieldsCanBeMerged',
  (s) => s.sets.filter(({ type }) => type && leaves(type).length > 1),
  ({ node, type }) => {
    const [one, other] = leaves(type)
    node.selections.push(field(`clash: ${one}`), field(`clash: ${other}`))
  },
)
kind('one field with two arguments', 'OverlappingFieldsCanBeMerged', queries, ({ node }) => {
  node.selections.push(...selections('{ division(code: "11") { id } division(code: "21") { id } }'))
})
kind('two fields of one name within one field', 'OverlappingFieldsCanBeMerged', queries, ({ node }) => {
  node.selections.push(...selections('{ viewer { clash: name } viewer { clash: __typename } }'))
})
kind('two shapes of one name on two types', 'OverlappingFieldsCanBeMerged', queries, ({ node }) => {
  node.selections.push(
    field('clashes: node(id: "") { ... on Facility { clash: id } ... on Division { clash: name } }'),
  )
})

function leaves(type) {
  const fields = Object.values(type.getFields?.() ?? {})
  return fields
    .filter((one) => one.args.length === 0 && isScalarType(one.type.ofType ?? one.type))
    .map(({ name }) => name)
}
