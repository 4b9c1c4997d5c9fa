# A program that writes the name of each object in its process, one a line, and ends: it follows DT_DEBUG of
# its own dynamic section to the loader's list of objects (<link.h>, struct r_debug).
.globl _start
_start:
    lea _DYNAMIC(%rip), %rbx
1:  mov (%rbx), %rax
    test %rax, %rax
    je 9f
    cmp $21, %rax
    je 2f
    add $16, %rbx
    jmp 1b
2:  mov 8(%rbx), %rbx
    mov 8(%rbx), %rbx
3:  test %rbx, %rbx
    je 9f
    mov 8(%rbx), %rsi
    xor %edx, %edx
4:  cmpb $0, (%rsi,%rdx)
    je 5f
    inc %rdx
    jmp 4b
5:  mov $1, %edi
    mov $1, %eax
    syscall
    lea newline(%rip), %rsi
    mov $1, %edx
    mov $1, %edi
    mov $1, %eax
    syscall
    mov 24(%rbx), %rbx
    jmp 3b
9:  xor %edi, %edi
    mov $231, %eax
    syscall
newline: .ascii "\n"
.section .note.GNU-stack,"",@progbits
