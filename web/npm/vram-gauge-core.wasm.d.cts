// What bundlers make of a file that is named: its address.
declare const address: string;
export = address;
