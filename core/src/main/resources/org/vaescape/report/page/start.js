openAddress();
