// breaks: eslint/house/no-process-env
export const zone = process.env['BUSINESS_TIME_ZONE'];
