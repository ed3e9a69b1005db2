// Arguments that are unknown, twice or left out.

import { isRequiredArgument } from 'graphql'
import { argument, copy, field } from './nodes.js'
import { fields } from './places.js'

export const ARGUMENTS = []

const kind = (name, rule, at, make) => ARGUMENTS.push({ name, rule, at, make })

kind('an unknown argument', 'KnownArgumentNames', fields, ({ node }) => {
  node.arguments.push(argument('unknown: 1'))
})
kind(
  'an argument of the name of a type',
  'KnownArgumentNames',
  (s) => s.sets,
  ({ node }) => {
    node.selections.push(field('itself: __typename(unknown: 1)'))
  },
)
kind(
  'an argument twice',
  'UniqueArgumentNames',
  (s) => s.fields.filter(({ node }) => node.arguments.length > 0),
  ({ node }) => {
    node.arguments.push(copy(node.arguments[0]))
  },
)
kind(
  'a required argument left out',
  'ProvidedRequiredArguments',
  (s) => s.fields.filter(({ definition }) => definition?.args.some(isRequiredArgument)),
  ({ node, definition }) => {
    const required = definition.args.filter(isRequiredArgument).map(({ name }) => name)
    node.arguments = node.arguments.filter(({ name }) => !required.includes(name.value))
  },
)
