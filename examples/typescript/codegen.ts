import { createHash } from 'node:crypto'
import type { CodegenConfig } from '@graphql-codegen/cli'

const config: CodegenConfig = {
  schema: '../../schema.graphql',
  documents: 'src/**/*.tsx',
  generates: {
    'src/graphql/': {
      preset: 'client',
      presetConfig: {
        // The hooks' linter would take the usual name, `useFragment`, for a hook.
        fragmentMasking: { unmaskFunctionName: 'getFragmentData' },
        // Writes src/graphql/persisted-documents.json, the manifest for `grassroots serve --documents`.
        persistedDocuments: {
          hashAlgorithm: (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`,
        },
      },
      config: {
        documentMode: 'string',
        enumsAsTypes: true,
        strictScalars: true,
        scalars: { DateTime: 'string', NaiveDate: 'string', PersonalText: 'string' },
        useTypeImports: true,
      },
    },
  },
}

export default config
