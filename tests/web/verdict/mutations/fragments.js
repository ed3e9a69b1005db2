// Fragments that are unused, undefined, endless or of a type that can not be.

import { isObjectType } from 'graphql'
import { copy, field, named, parts } from './nodes.js'

export const FRAGMENTS = []

const kind = (name, rule, at, make) => FRAGMENTS.push({ name, rule, at, make })

kind(
  'an unused fragment',
  'NoUnusedFragments',
  (s) => [s],
  (_, document) => {
    document.definitions.push(...parts('fragment Unused on Query { __typename }'))
  },
)
kind(
  'an undefined fragment',
  'KnownFragmentNames',
  (s) => s.sets,
  ({ node }) => {
    node.selections.push(field('...Undefined'))
  },
)
kind(
  'a fragment that leads to itself',
  'NoFragmentCycles',
  (s) => s.fragments,
  (node) => {
    node.selectionSet.selections.push(field(`...${node.name.value}`))
  },
)
kind(
  'two fragments that lead to each other',
  'NoFragmentCycles',
  (s) => s.operations,
  (node, document) => {
    node.selectionSet.selections.push(field('...Here'))
    document.definitions.push(
      ...parts('fragment Here on Query { ...There } fragment There on Query { viewer { name } ...Here }'),
    )
  },
)
kind(
  'a fragment twice',
  'UniqueFragmentNames',
  (s) => s.fragments,
  (node, document) => {
    document.definitions.push(copy(node))
  },
)
kind(
  'a fragment of a type that can not be',
  'PossibleFragmentSpreads',
  (s) => s.sets.filter(({ type }) => isObjectType(type)),
  ({ node, type }) => {
    node.selections.push(field(`... on ${type.name === 'Facility' ? 'Division' : 'Facility'} { __typename }`))
  },
)
kind(
  'a named fragment of a type that can not be',
  'PossibleFragmentSpreads',
  (s) => s.spreads,
  ({ node }, document) => {
    const fragment = document.definitions.find(({ name }) => name?.value === node.name.value)
    fragment.typeCondition.name = named(
      fragment.typeCondition.name.value === 'PageInfo' ? 'Viewer' : 'PageInfo',
    )
    fragment.selectionSet = parts('{ __typename }')[0].selectionSet
  },
)
kind(
  'a fragment of a leaf',
  'FragmentsOnCompositeTypes',
  (s) => s.sets,
  ({ node }) => {
    node.selections.push(field('... on KeyPost { __typename }'))
  },
)
kind(
  'a fragment of an input',
  'FragmentsOnCompositeTypes',
  (s) => s.fragments,
  (node) => {
    node.typeCondition.name = named('FacilityFilter')
  },
)
kind(
  'a fragment of an unknown type',
  'KnownTypeNames',
  (s) => s.sets,
  ({ node }) => {
    node.selections.push(field('... on Unknown { __typename }'))
  },
)
