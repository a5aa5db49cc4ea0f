// breaks: eslint/house/no-process-env
const { env } = process;

export const zone = env['BUSINESS_TIME_ZONE'];
