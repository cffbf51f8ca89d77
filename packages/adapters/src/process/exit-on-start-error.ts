/** Runs `start`. Prints an error of it without a stack trace and exits 1. */
export async function exitOnStartError(start: () => Promise<void>): Promise<void> {
  try {
    await start();
  } catch (error) {
    console.error(`frontrow: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  }
}
