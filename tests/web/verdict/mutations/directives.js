// Directives that are unknown, misplaced or incomplete.

import { directive, field } from './nodes.js'
import { fields } from './places.js'

export const DIRECTIVES = []

const kind = (name, rule, at, make) => DIRECTIVES.push({ name, rule, at, make })

kind('an unknown directive', 'KnownDirectives', fields, ({ node }) => {
  node.directives.push(directive('@unknown'))
})
kind(
  'an unknown directive of the name of a type',
  'KnownDirectives',
  (s) => s.sets,
  ({ node }) => {
    node.selections.push(field('itself: __typename @unknown'))
  },
)
kind(
  'an unknown directive of a fragment',
  'KnownDirectives',
  (s) => [...s.inlines, ...s.spreads],
  ({ node }) => {
    node.directives.push(directive('@unknown'))
  },
)
kind(
  'a directive where it may not be',
  'KnownDirectives',
  (s) => s.operations,
  (node) => {
    node.directives.push(directive('@include(if: true)'))
  },
)
kind('a directive of another place', 'KnownDirectives', fields, ({ node }) => {
  node.directives.push(directive('@deprecated'))
})
kind(
  'a directive on a definition of a fragment',
  'KnownDirectives',
  (s) => s.fragments,
  (node) => {
    node.directives.push(directive('@skip(if: false)'))
  },
)
for (const [name, has] of [
  ['a directive on a variable', (node) => !node.defaultValue],
  ["a directive behind a variable's default", (node) => node.defaultValue],
]) {
  kind(
    name,
    'KnownDirectives',
    (s) => s.variables.filter(({ node }) => has(node)),
    ({ node }) => {
      node.directives.push(directive('@skip(if: false)'))
    },
  )
}
kind('a directive twice', 'UniqueDirectivesPerLocation', fields, ({ node }) => {
  node.directives = [directive('@skip(if: false)'), directive('@skip(if: false)')]
})
kind('a directive without its argument', 'ProvidedRequiredArguments', fields, ({ node }) => {
  node.directives = [directive('@include')]
})
kind('a directive with an unknown argument', 'KnownArgumentNames', fields, ({ node }) => {
  node.directives = [directive('@include(if: true, unknown: 1)')]
})
kind('a directive with text for a truth value', 'ValuesOfCorrectType', fields, ({ node }) => {
  node.directives = [directive('@include(if: "true")')]
})
