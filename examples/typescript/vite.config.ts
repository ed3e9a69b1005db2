import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [react()],
  // The page and the API are of one origin, so the server need not allow any other.
  server: { proxy: { '/graphql': process.env.GRASSROOTS_URL ?? 'http://127.0.0.1:8080' } },
})
