#!/bin/bash
no-such-command-here
