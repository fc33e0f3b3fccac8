/** Lets this process import TypeScript files from now on. */
export async function loadTypeScript() {
  const { register } = await import("tsx/esm/api");
  register();
}
