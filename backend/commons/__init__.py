"""The consortium in the formats of others: tables for spreadsheets, and documents that describe organisations.

Pure: from views and rows to text. What is read, and how it goes out over HTTP, is decided elsewhere.
"""
