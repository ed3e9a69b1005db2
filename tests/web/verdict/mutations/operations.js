// Operations that can not stand beside each other.

import { copy, parts } from './nodes.js'

export const OPERATIONS = []

const kind = (name, rule, at, make) => OPERATIONS.push({ name, rule, at, make })

kind(
  'two operations of one name',
  'UniqueOperationNames',
  (s) => s.operations.filter(({ name }) => name),
  (node, document) => {
    document.definitions.push(copy(node))
  },
)
kind(
  'an operation without a name beside another',
  'LoneAnonymousOperation',
  (s) => [s],
  (_, document) => {
    document.definitions.push(...parts('{ __typename }'))
  },
)
kind(
  'a type among operations',
  'ExecutableDefinitions',
  (s) => [s],
  (_, document) => {
    document.definitions.push(...parts('type More { name: String }'))
  },
)
