"use client";

/** Shown when the root layout fails. Has inline styles, because the style sheet may be missing. */
export default function GlobalError({ retry }: { readonly retry: () => void }) {
  return (
    <html lang="en">
      <body
        style={{
          font: "16px/1.5 system-ui, sans-serif",
          margin: "20vh auto",
          maxWidth: "28rem",
          padding: "0 1rem",
        }}
      >
        <title>Latchkey</title>
        <h1 style={{ fontSize: "1.375rem" }}>This page could not be loaded</h1>
        <p>The database may be unavailable. Nothing was changed.</p>
        <button type="button" onClick={retry}>
          Try again
        </button>
      </body>
    </html>
  );
}
