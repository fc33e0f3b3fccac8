/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // The environment API is served at the origin root beside Next, where clients do ask for `/records/`.
  skipTrailingSlashRedirect: true,
  serverExternalPackages: ["@node-rs/argon2", "postgres", "pino"],
};

export default config;
