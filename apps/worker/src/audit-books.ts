import { serverVariables, serversConfig } from '@frontrow/adapters/process/adapter-variables.ts';
import { parseEnvironment } from '@frontrow/adapters/process/environment.ts';
import { z } from 'zod';
import { auditBooks } from './audit/audit-books.ts';
import { describeReport } from './audit/describe-report.ts';

const VIOLATED = 1;
const COULD_NOT_LOOK = 2;

try {
  const variables = parseEnvironment(z.object(serverVariables), process.env);
  const report = await auditBooks(serversConfig(variables));
  console.log(describeReport(report));
  if (Object.keys(report.violations).length > 0) process.exitCode = VIOLATED;
} catch (error) {
  console.error(
    `frontrow: the audit could not look: ${error instanceof Error ? error.message : String(error)}`,
  );
  process.exitCode = COULD_NOT_LOOK;
}
