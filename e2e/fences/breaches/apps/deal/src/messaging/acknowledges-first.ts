// breaks: eslint/house/acknowledge-last
export const options = { noAck: true };
