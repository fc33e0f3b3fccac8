const dev = process.env.NODE_ENV === "development";

/**
 * Next's pages contain inline scripts and styles, so inline is allowed. Nothing may be loaded from, or sent
 * to, another origin. In development, modules are compiled with eval.
 */
const contentSecurityPolicy = [
  "default-src 'self'",
  `script-src 'self' 'unsafe-inline'${dev ? " 'unsafe-eval'" : ""}`,
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

const pageHeaders = [
  { key: "Content-Security-Policy", value: contentSecurityPolicy },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: "camera=(), geolocation=(), microphone=()" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
];

/**
 * End users' pages open in a popup of another application, which needs `window.opener` to receive the result.
 */
const openerHeaders = [{ key: "Cross-Origin-Opener-Policy", value: "unsafe-none" }];

/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // The environment API is served at the origin root beside Next, and its clients do request `/records/`.
  skipTrailingSlashRedirect: true,
  serverExternalPackages: ["@node-rs/argon2", "postgres", "pino"],
  // `npm test` checks the types of the whole repository, so the build in `npm start` need not check them
  // again.
  typescript: { ignoreBuildErrors: true },
  headers: async () => [
    { source: "/:path*", headers: pageHeaders },
    { source: "/connect-ui", headers: openerHeaders },
    { source: "/oauth/callback", headers: openerHeaders },
  ],
};

export default config;
