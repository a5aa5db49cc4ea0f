export const allInOne = true;
