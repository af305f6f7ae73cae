import preact from "@preact/preset-vite";
import { defineConfig } from "vitest/config";

// The page is embedded in the binary: relative to nothing but its own server, no inline script, no
// data URLs, names that do not change from one build to the next of the same sources.
export default defineConfig({
  test: { include: ["src/**/*.test.ts"] },
  plugins: [preact({ devToolsEnabled: false, prefreshEnabled: false })],
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
  server: {
    proxy: {
      // The server answers nobody but its own page, so the proxy speaks as that.
      "/api": {
        target: "http://127.0.0.1:3000",
        changeOrigin: true,
        headers: { origin: "http://127.0.0.1:3000", "sec-fetch-site": "same-origin" },
      },
    },
  },
});
