/** Copies text to the clipboard. False when the browser blocks it. */
export async function writeClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Over http, except on localhost, browsers offer only the old command, not the clipboard API.
    return !window.isSecureContext && copyWithExecCommand(text);
  }
}

function copyWithExecCommand(text: string): boolean {
  const setText = (event: ClipboardEvent) => {
    event.preventDefault();
    event.clipboardData?.setData("text/plain", text);
  };
  document.addEventListener("copy", setText);
  try {
    return document.execCommand("copy");
  } finally {
    document.removeEventListener("copy", setText);
  }
}
