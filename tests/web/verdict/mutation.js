// Ways to spoil a document.

import { ARGUMENTS } from './mutations/arguments.js'
import { DIRECTIVES } from './mutations/directives.js'
import { FIELDS } from './mutations/fields.js'
import { FRAGMENTS } from './mutations/fragments.js'
import { OPERATIONS } from './mutations/operations.js'
import { VALUES } from './mutations/values.js'
import { VARIABLES } from './mutations/variables.js'

/**
 * Each has the rule of the language that it breaks. `at` gives the sites where it can
 * be made, of which one is chosen; `make` makes it there.
 */
export const MUTATIONS = [
  ...FIELDS,
  ...ARGUMENTS,
  ...VALUES,
  ...VARIABLES,
  ...FRAGMENTS,
  ...OPERATIONS,
  ...DIRECTIVES,
]
