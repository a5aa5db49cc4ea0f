export const signUp = 'sign-up';
