import { isDatabaseAway } from '@onepoint/persistence';
import { redactText } from '../logs/redact.ts';
import { SettingsError } from '../settings/settings-error.ts';

/** Why a service could not start or stop, in lines for a person; secrets are masked. */
export function explainFailure(error: unknown): string[] {
  if (error instanceof SettingsError) return [...error.lines];
  const code = codeOf(error);
  const where = placeOf(error);
  if (code === 'EADDRINUSE') return [`the port is taken${where}`];
  if (code === 'EADDRNOTAVAIL' || code === 'EACCES') return [`cannot listen${where} (${code})`];
  if (isDatabaseAway(error)) return [`the database cannot be reached: ${messageOf(error)}`];
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'ETIMEDOUT') {
    return [`cannot connect${where} (${code})`];
  }
  if (!(error instanceof Error)) return [messageOf(error)];
  const named = error.name !== 'Error' && error.message !== '';
  return named
    ? [`${error.name}: ${messageOf(error)}`]
    : redactText(error.stack ?? error.message).split('\n');
}

function placeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('port' in error)) return '';
  const address = 'address' in error && typeof error.address === 'string' ? error.address : '';
  return `: ${address}${address === '' ? 'port ' : ':'}${String(error.port)}`;
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

function messageOf(error: unknown): string {
  return redactText(error instanceof Error ? error.message : String(error));
}
