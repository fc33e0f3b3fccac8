const dev = process.env.NODE_ENV === "development";

/**
 * Next's own scripts and styles stand inline in its pages, so inline is allowed; nothing may come from, or be sent to,
 * another origin. Development compiles modules with eval.
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

/** The pages of end users open in a window of an application's, which waits for their word. */
const openerHeaders = [{ key: "Cross-Origin-Opener-Policy", value: "unsafe-none" }];

/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // The environment API is served at the origin root beside Next, where clients do ask for `/records/`.
  skipTrailingSlashRedirect: true,
  serverExternalPackages: ["@node-rs/argon2", "postgres", "pino"],
  // `npm test` checks the types of everything; the build that `npm start` waits for need not do it again.
  typescript: { ignoreBuildErrors: true },
  headers: async () => [
    { source: "/:path*", headers: pageHeaders },
    { source: "/connect-ui", headers: openerHeaders },
    { source: "/oauth/callback", headers: openerHeaders },
  ],
};

export default config;
