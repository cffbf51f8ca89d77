/** Runs a process's start. What keeps it from starting is told without a stack, and the process ends with code 1. */
export async function exitOnStartError(start: () => Promise<void>): Promise<void> {
  try {
    await start();
  } catch (error) {
    console.error(`frontrow: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  }
}
