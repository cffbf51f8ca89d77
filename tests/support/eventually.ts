export { eventually } from '@frontrow/application/contracts/shared/contract-support.ts';
