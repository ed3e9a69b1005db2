// Sites of several mutations.

import { isInputObjectType, Kind } from 'graphql'

/** The library looks at nothing of `__typename`, which has mutations of its own. */
export function fields(s) {
  return s.fields.filter(({ node }) => node.name.value !== '__typename')
}

export function queries(s) {
  return s.sets.filter(({ type }) => type?.name === 'Query')
}

export function inputs(s) {
  return s.values.filter(({ node, named: type }) => isInputObjectType(type) && node.kind === Kind.OBJECT)
}
